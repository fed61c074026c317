from ouverture.pool import object_e031f7cffeab7e25fbeba40e1c9d31991d256cea28ec5c705a223cba0dc186fa as with_tax


def invoice_total(lines, rate=20):
    """The total of an invoice, line by line.

    Each line is a quantity and a price for one, without tax.
    """
    total = 0
    for quantity, unit_price in lines:
        total += with_tax(quantity * unit_price, rate)
    return total
