"""Recipes that fit and train what the package ships. Not in the wheel."""
