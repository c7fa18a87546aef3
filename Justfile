# The one front door: `just check` is what CI runs, through README.md and .ci/run.

# Where `just` was installed, the other tools are too, whether that environment is active or not.
export PATH := parent_directory(just_executable()) + ":" + env("PATH")

# Show what there is
default:
    @just --list

# Everything that must hold: format, lint, types, imports; sizes, documents and behaviour are tests
check: format lint types imports test

# Is the code formatted?
format:
    ruff format --check .

# Is it plain?
lint:
    ruff check .

# Do the types hold?
types:
    mypy

# Do imports run one way?
imports:
    lint-imports --no-cache

# Run the tests, or those named
test *arguments:
    python -m pytest {{ arguments }}

# Put right what a machine can: lint, format, and what docs/reference.md quotes from the code
fix:
    ruff check --fix .
    ruff format .
    python -m pytest --quiet tests/test_docs.py --save-docs
