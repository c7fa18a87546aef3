"""Verbs of speech as tags use them, and what else their forms may be."""

UTTERANCES = frozenset(
    "reply answer comment remark response question rejoinder retort exclamation reasoning "
    "observation verdict suggestion advice announcement inquiry enquiry request statement "
    "proposal confession explanation speech".split()
)
INVERTED = frozenset(
    "said says cried cries asked asks replied replies answered answers exclaimed returned came "
    "shouted whispered murmured muttered sobbed gasped sighed laughed added continued inquired "
    "observed remarked whispers murmurs mutters answers returns observes remarks inquires "
    "continues adds exclaims shouts gasps sighs laughs sobs".split()
)
"""Verbs that stand before their subject."""
SAYS = INVERTED - {"came", "returned"} | {"had"}
PHRASAL = {
    "put": ("in",),
    "broke": ("in", "out", "forth"),
    "cut": ("in",),
    "struck": ("in",),
    "chimed": ("in",),
    "went": ("on",),
    "goes": ("on",),
    "burst": ("out", "forth"),
}
"""Verbs that tag speech with their particles only: *Ada put in*."""
NOUNS = frozenset(
    noun + ending
    for noun in """
    answer bark bellow boast call challenge chant chirp chorus command comment comfort cry
    curse demand drawl echo falter gasp giggle groan growl grunt hint hiss jest joke lament
    laugh lecture mention moan murmur note object offer order plea promise protest query
    question quip quote reason rebuke remark reply report request resolve retort return roar
    scream shout shriek sigh smile snarl sneer sniff snort sob squeak stammer storm surmise
    text venture voice vow wail whimper whine whisper whoop wonder yell yelp
    """.split()
    for ending in ("", "s", "es")
) | {"replies", "cries", "queries"}
"""Forms of verbs of speech that are nouns too."""
MAKES = frozenset("made make makes making gave give gives giving put".split())
"""Verbs that tag speech with a noun for it: *Ada made several remarks*."""
WORDLESS = frozenset(
    "smiled smiles sighed sighs nodded nods grinned grins frowned frowns shrugged shrugs sobbed "
    "sobs wept weeps yawned yawns shuddered shudders scowled scowls offered offers".split()
)
"""Verbs that tag speech they touch, and in a sentence of their own tell of what is no speech."""
HELPS = frozenset("help but forbear only resist refrain avoid".split())
"""After *not* these deny nothing: *Ada could not help saying*."""
