#!/bin/sh
# A tour: three people, three languages, one git registry, from `init` to `verify`.
# Needs `ouverture`, `git` and nothing else; it works in a folder of its own, and removes it.
set -eu

tour=$(mktemp -d)
trap 'rm -rf "$tour"' EXIT
git init --quiet --bare "$tour/registry.git"

# Each person has a home, and so a pool and a configuration, of their own.
as() {
  person=$1
  shift
  echo
  echo "$person: ouverture $*"
  (cd "$tour/$person" && HOME=$tour/$person XDG_CONFIG_HOME='' XDG_CACHE_HOME='' \
    OUVERTURE_DIRECTORY='' ouverture "$@")
}
meet() {
  mkdir "$tour/$1"
  as "$1" init --username "$1" --email "$1@example.com" --language "$2"
  as "$1" remote add team "git+file://$tour/registry.git"
}

meet ada eng
meet pierre fra
meet lucia spa

# Ada writes a function in English, and publishes it.
cat > "$tour/ada/mean.py" << 'END'
def mean(values):
    """The sum of the values divided by how many there are."""
    return sum(values) / len(values)
END
as ada publish mean.py@eng --to team
mean=$(as ada search mean --json | sed -n 's/^ *"hash": "\([0-9a-f]\{64\}\)",*$/\1/p' | head -n 1)

# Pierre writes the same function in French without knowing of hers: it has the same hash.
cat > "$tour/pierre/moyenne.py" << 'END'
def moyenne(valeurs):
    """La somme des valeurs divisée par leur nombre."""
    return sum(valeurs) / len(valeurs)
END
as pierre publish moyenne.py@fra --to team

# He goes on with one that imports it.
cat > "$tour/pierre/ecart.py" << END
from ouverture.pool import object_$mean as moyenne

def écart(valeurs):
    """La plus grande distance à la moyenne."""
    centre = moyenne(valeurs)
    return max(abs(valeur - centre) for valeur in valeurs)
END
as pierre publish ecart.py@fra --to team
spread=$(as pierre search écart --json | sed -n 's/^ *"hash": "\([0-9a-f]\{64\}\)",*$/\1/p' | head -n 1)

# Lucía reads his function in French, and gives it Spanish names.
as lucia get "$spread@fra"
as lucia translate "$spread@fra" spa --mapping écart=desviación --mapping valeurs=valores \
  --mapping centre=centro --mapping valeur=valor --mapping moyenne=media \
  --docstring 'La mayor distancia a la media.'
as lucia publish "$spread" --to team

# Ada uses it in a repository that has all that it needs, and checks it.
git init --quiet "$tour/ada/report"
mkdir "$tour/ada/report/.ouverture"
cat > "$tour/ada/report/report.py" << END
from ouverture.pool import object_$spread as spread

print(spread([1, 2, 6]))
END
in_report() {
  echo
  echo "ada, in her repository: ouverture $*"
  (cd "$tour/ada/report" && HOME=$tour/ada XDG_CONFIG_HOME='' XDG_CACHE_HOME='' \
    OUVERTURE_DIRECTORY='' ouverture "$@")
}
in_report pull --all
in_report deps "$spread"
in_report get "$spread@spa"
in_report validate
in_report verify --all
