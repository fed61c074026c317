import unicodedata


def search_key(text):
    """A text as people search for it: without accents, case and blanks around."""
    letters = unicodedata.normalize("NFKD", text.strip())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
