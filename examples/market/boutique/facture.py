"""Les factures de la boutique."""

from ouverture.pool import object_e031f7cffeab7e25fbeba40e1c9d31991d256cea28ec5c705a223cba0dc186fa as prix_ttc
from ouverture.pool import (
    object_7cb06aec1c85c82c01e574a3554129ed8194e4c7a5181edbf341a9f41248883b as borner,
    object_1cb9b72164fef4302d8f13c70c53bd06515f12d8240bef5be1f3184236eaa75e as total_facture,
)


def facture(lignes, taux):
    """Une facture prête à imprimer."""
    taux = borner(taux, 0, 100)
    for quantite, prix in lignes:
        yield f"{quantite} x {prix} = {prix_ttc(quantite * prix, taux)}"
    yield f"total : {total_facture(lignes, taux)}"


if __name__ == "__main__":
    print("\n".join(facture([(2, 3.75), (1, 19.99)], 20)))
