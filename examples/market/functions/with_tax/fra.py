from decimal import Decimal

from ouverture.pool import object_fa188665bc14348a36bac02df3bd6ff81fb31ec5ec05c473bd80ca486eb6f22a as arrondir_montant


def prix_ttc(prix_ht, taux):
    """Le prix toutes taxes comprises d'un prix hors taxes ; le taux est en pour cent."""
    return arrondir_montant(Decimal(str(prix_ht)) * (100 + Decimal(str(taux))) / 100)
