from ouverture.pool import object_f80e754f8ec36a6bd982257b01d1ac717c6fc46776138589f58ca8fcd7d62501 as puntuaciones


def atipicos(valores, limite=2.0):
    """Los valores que se alejan de los demás más de lo que dice el límite."""
    return [
        valor
        for valor, puntuacion in zip(valores, puntuaciones(valores))
        if abs(puntuacion) > limite
    ]
