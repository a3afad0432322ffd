"""What a mechanism may not say: rules in words, and the checks that find where a file breaks them."""
