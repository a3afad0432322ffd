"""Parses FEEL by operator precedence: operators here, operands and boxes in `operands`."""

from __future__ import annotations

from engine.decisions import syntax
from engine.decisions.operands import Operands
from engine.decisions.syntax import Node, Tests

# DMN 1.5, 10.3.1.2: from the loosest to the tightest. `instance of`, paths, filters and calls bind tighter still.
_PRECEDENCE = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "between", "in"), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "/"), 5),
    "**": 6,
}


class Parser(Operands):
    """One text of FEEL: an expression, or the unary tests of a cell."""

    def whole_expression(self) -> Node:
        """The expression that the whole text is."""
        node = self.expression()
        self._expect_end()
        return node

    def unary_tests(self) -> Tests:
        """The tests that the whole text is; empty and `-` hold for everything."""
        if self.token.kind == "end" or (self.word("-") and self.tokens[self.at + 1].kind == "end"):
            return Tests(())
        with self.scope(["?"]):
            return self.attempt(self._negated_tests) or self._plain_tests()

    def _negated_tests(self) -> Tests:
        self.expect("not")
        self.expect("(")
        tests = self.arguments(")")
        self._expect_end()
        return Tests(tests, negated=True)

    def _plain_tests(self) -> Tests:
        tests = [self.expression()]
        while self.accept(","):
            tests.append(self.expression())
        self._expect_end()
        return Tests(tuple(tests))

    def _expect_end(self) -> None:
        if self.token.kind != "end":
            raise self.fail("the end of the expression or an operator", "نهاية التعبير أو عامل حسابي")

    def binary(self, loosest: int) -> Node:
        """Operands joined by operators that bind at least this tightly, grouped from the left."""
        left = self.operand()
        links = 0
        while True:
            links = self.link(links)
            token = self.token
            if token.text == "instance" and token.kind == "name" and self.word("of", 1):
                self.at += 2
                left = syntax.InstanceOf(left, self.type())
                continue
            precedence = _PRECEDENCE.get(token.text, 0) if token.kind != "string" else 0
            if precedence == 0 or precedence < loosest:
                return left
            self.at += 1
            left = self._join(left, token.text, precedence)

    def _join(self, left: Node, operator: str, precedence: int) -> Node:
        if operator == "in":
            return self._in(left)
        if operator == "between":
            low = self.binary(4)
            self.expect("and")
            return syntax.Between(left, low, self.binary(4))
        right = self.binary(precedence + 1)
        if operator == "and":
            return syntax.Conjunction(left, right)
        if operator == "or":
            return syntax.Disjunction(left, right)
        if precedence == 3:
            return syntax.Comparison(operator, left, right)
        return syntax.Arithmetic(operator, left, right)

    def _in(self, left: Node) -> Node:
        if not self.accept("("):
            return syntax.In(left, (self.binary(4),))
        first = self.expression()
        if self.accept(".."):
            return syntax.In(left, (self.range_from(first, low_included=False),))
        if self.accept(","):
            return syntax.In(left, (first, *self.arguments(")")))
        self.expect(")")
        return syntax.In(left, (first,))
