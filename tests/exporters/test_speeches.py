"""What each character says, a file each."""

from fullcast.exporters import Script
from fullcast.exporters.speeches import export


def test_each_who_speaks_has_a_file(script: Script) -> None:
    assert dict(export(script)) == {
        "ada-finch.txt": "“Will he come?” “or must we swim?”\n“That was an owl.”\n“It was,”\n".encode(),
        "tom.txt": "“He is never late,” “Listen!”\n“It was not,”\n".encode(),
    }


def test_no_name_leads_out_of_the_folder(script: Script) -> None:
    for segment, id_ in zip(script["segments"], ("../up", "..-up", "a/b"), strict=False):
        segment |= {"kind": "speech", "quotation": segment["id"], "speaker": id_}
    names = list(export(script))
    assert {"---up.txt", "---up-.txt", "a-b.txt"} <= set(names)
