"""espeak-ng's voices to cast from: accent, variant and semitones, as ``en-us+f2@+2``."""

from fullcast.model import Gender
from fullcast.render.voices import Voice

_MEASURED = """
en-gb+Michael@-1 male adult 113
en-gb+f3@-1 female adult 200
en-us+m2@+3 male adult 121
en-us+Annie@+1 female adult 242
en-gb-scotland+m6@-3 male adult 85
en-gb-scotland+f1@-2 female adult 161
en-us+rob@+2 male adult 129
en-gb+Alicia@0 female adult 255
en-gb-x-rp+m8@-1 male adult 81
en-us+f4@-2 female adult 161
en-gb-scotland+pablo@+1 male adult 122
en-gb-x-rp+belinda@-1 female adult 214
en-us+Mike@-2 male adult 88
en-gb-x-gbclan+steph@-1 female adult 171
en-gb+ed@+2 male adult 140
en-us+f5@+3 female adult 245
en-gb-x-gbclan+m1@+1 male adult 100
en-us+linda@-2 female adult 202
en-us+quincy@-3 male adult 85
en-gb+shelby@+3 female adult 203
en-us+Reed@0 male adult 116
en-029+f2@+1 female adult 205
en-029+m5@+3 male adult 122
en-us-nyc+f1@+4 female adult 229
en-us-nyc+robert@-2 male adult 106
en-gb-x-gbcwmd+m7@-4 male adult 87
en-gb+aunty@-1 female old 157
en-us+grandma@-2 female old 189
en-gb+grandpa@-2 male old 105
en-us+m4@-5 male old 80
en-gb+anika@+2 female child 300
en-us+Alicia@+4 female child 316
en-us+Nguyen@+8 male child 224
en-gb+f5@+6 male child 296
"""


def _read(line: str) -> Voice:
    name, gender, age, hertz = line.split()
    accent = name.partition("+")[0]
    return Voice(id=name, gender=Gender(gender), age=age, pitch_hz=float(hertz), accent=accent)


VOICES = tuple(map(_read, _MEASURED.strip().splitlines()))
"""The first is for narrators. Pitch is the median over a sentence, in hertz."""
