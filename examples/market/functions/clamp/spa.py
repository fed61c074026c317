def acotar(valor, minimo, maximo):
    """Mantiene un valor entre dos límites."""
    return max(minimo, min(valor, maximo))
