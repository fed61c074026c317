import unicodedata


def cle_de_recherche(texte):
    """Un texte tel qu'on le cherche : sans accents, sans majuscules, sans blancs autour."""
    lettres = unicodedata.normalize("NFKD", texte.strip())
    return "".join(lettre for lettre in lettres if not unicodedata.combining(lettre)).casefold()
