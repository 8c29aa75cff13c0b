"""Money is whole micro-dollars, credits are whole numbers; what is divided is rounded up."""

from decimal import ROUND_CEILING, Decimal

MICRO = 1_000_000


def credits_for(price_micro: int, credit_micro: int) -> int:
    """What a price costs in credits, rounded up; a free clip costs none.

    Raises ValueError for a negative price or a credit worth nothing.
    """
    if price_micro < 0 or credit_micro <= 0:
        raise ValueError("a price is not negative and a credit is worth something")
    return -(-price_micro // credit_micro)


def micro_from_dollars(dollars: Decimal) -> int:
    """Dollars as micro-dollars, rounded up."""
    return int((dollars * MICRO).to_integral_value(rounding=ROUND_CEILING))


def dollars(micro: int) -> str:
    """Micro-dollars for people: `$0.05`, and more digits only where they matter."""
    amount = Decimal(micro) / MICRO
    cents = amount.quantize(Decimal("0.01"))
    return f"${cents if cents == amount else amount.normalize():f}"
