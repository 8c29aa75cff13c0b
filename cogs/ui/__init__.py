"""What members see: cards, buttons, forms and every sentence."""
