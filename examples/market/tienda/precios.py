"""Los precios de la tienda."""

import ouverture.pool as pool

redondear = pool.object_fa188665bc14348a36bac02df3bd6ff81fb31ec5ec05c473bd80ca486eb6f22a
con_iva = pool.object_e031f7cffeab7e25fbeba40e1c9d31991d256cea28ec5c705a223cba0dc186fa


def etiqueta(nombre, precio):
    """Lo que se lee en la etiqueta."""
    return f"{nombre}: {redondear(precio)} € ({con_iva(precio, 21)} € con IVA)"


def rebajas(precios):
    """Los precios que llaman la atención."""
    from ouverture.pool import object_e9c4b997761b067f4ffd2bdfd47fb421a1642fbcfd3d68263e17571878416110 as atipicos

    return atipicos(precios)


if __name__ == "__main__":
    print(etiqueta("Aceite", 8.455), rebajas([8.4, 8.5, 8.6, 8.5, 8.4, 8.5, 39.9]))
