from ouverture.pool import object_e031f7cffeab7e25fbeba40e1c9d31991d256cea28ec5c705a223cba0dc186fa as prix_ttc


def total_facture(lignes, taux=20):
    """Le total d'une facture, ligne par ligne.

    Chaque ligne est une quantité et un prix unitaire hors taxes.
    """
    total = 0
    for quantite, prix_unitaire in lignes:
        total += prix_ttc(quantite * prix_unitaire, taux)
    return total
