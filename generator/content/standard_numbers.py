"""Check digits of ISBNs (ISO 2108), ISSNs (ISO 3297) and ORCID iDs, and the one form in which ISBNs are compared."""

BOOKLAND = "978"  # what an ISBN of 10 digits has before it as one of 13


def normalized_isbn(isbn: str) -> str:
    """Return an ISBN as 13 digits without hyphens, so that two spellings of one ISBN are equal."""
    digits = isbn.replace("-", "").replace(" ", "").upper()
    if len(digits) == 13:
        return digits
    return BOOKLAND + digits[:9] + ean_check_digit(BOOKLAND + digits[:9])


def has_valid_isbn_digit(isbn: str) -> bool:
    """Return whether the last digit of an ISBN agrees with the others."""
    digits = isbn.replace("-", "").replace(" ", "").upper()
    if len(digits) == 13:
        return digits[12] == ean_check_digit(digits)
    return digits[9] == modulo_11_digit(digits[:9])


def has_valid_issn_digit(issn: str) -> bool:
    """Return whether the last digit of an ISSN agrees with the others."""
    digits = issn.replace("-", "")
    return digits[7] == modulo_11_digit(digits[:7])


def ean_check_digit(digits: str) -> str:
    """Return the check digit for the first twelve digits, whose weights are 1 and 3 in turn."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12]))
    return str(-total % 10)


def modulo_11_digit(digits: str) -> str:
    """Return the check digit of ISBNs of 10 digits and of ISSNs, where the last digit but one has the weight 2."""
    total = sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), 2))
    return "0123456789X"[-total % 11]


def has_valid_orcid_digit(orcid: str) -> bool:
    """Return whether the last digit of an ORCID iD agrees with the others (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in orcid.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    return orcid[-1] == "0123456789X"[-(total - 1) % 11]
