def moyenne(valeurs):
    """La moyenne arithmétique de quelques nombres.

    Lève ValueError s'il n'y en a aucun.
    """
    if not valeurs:
        raise ValueError("mean of nothing")
    return sum(valeurs) / len(valeurs)
