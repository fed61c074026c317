from decimal import ROUND_HALF_UP, Decimal


def arrondir_montant(montant, decimales=2):
    """Arrondit un montant comme on le fait à la caisse : le demi va vers le haut."""
    pas = Decimal(1).scaleb(-decimales)
    return Decimal(str(montant)).quantize(pas, rounding=ROUND_HALF_UP)
