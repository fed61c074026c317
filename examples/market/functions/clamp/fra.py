def borner(valeur, minimum, maximum):
    """Ramène une valeur entre deux bornes."""
    return max(minimum, min(valeur, maximum))
