NEWLY_PRINTABLE: tuple[tuple[int, int], ...] = ()
