"""Parses the operands of FEEL: literals, names, paths, filters, calls, ranges, boxes and the forms that bind names."""

from __future__ import annotations

from decimal import Decimal

from engine.decisions import syntax
from engine.decisions.builtins import FUNCTIONS
from engine.decisions.lexer import unescape
from engine.decisions.literals import number_literal, read_at_literal
from engine.decisions.names import KEYWORDS, Names
from engine.decisions.reader import Reader
from engine.decisions.syntax import Iteration, Node
from engine.decisions.types import ANY, Type

_CONSTANTS = {"true": True, "false": False, "null": None}
_COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
_BUILT_IN = Names(FUNCTIONS)


class Operands(Reader):
    """Everything of the grammar that binds tighter than an operator."""

    def binary(self, loosest: int) -> Node:
        """Operands joined by operators; see `Parser`."""
        raise NotImplementedError

    def expression(self) -> Node:
        """Any expression, one level deeper than where it stands."""
        endpoint, self.in_endpoint = self.in_endpoint, False
        with self.nested():
            node = self.binary(0)
        self.in_endpoint = endpoint
        return node

    def operand(self) -> Node:
        """A literal, a name or a box, with the paths, filters and calls that follow it."""
        token = self.token
        if token.kind == "sign" and token.text == "-":
            return self._negative()
        if token.kind == "sign" and token.text in _COMPARISONS:
            self.at += 1
            return syntax.UnaryComparison(token.text, self.binary(4))
        return self._followed(self._primary())

    def _negative(self) -> Node:
        self.expect("-")
        if self.token.kind == "number":
            return self._followed(syntax.Literal(-self._number()))
        with self.nested():
            return syntax.Negation(self.operand())

    def _primary(self) -> Node:
        token = self.token
        if token.kind == "number":
            return syntax.Literal(self._number())
        if token.kind == "string":
            self.at += 1
            return syntax.Literal(unescape(token.text))
        if token.kind == "at":
            return self._at_literal()
        if token.kind == "name":
            return self._name_or_form()
        reads = {"(": self._parenthesis, "[": self._list, "]": self._reversed_range, "{": self._context}
        if token.kind == "sign" and token.text in reads:
            self.at += 1
            return reads[token.text]()
        raise self.fail("a value or a name", "قيمة أو اسم")

    def _number(self) -> Decimal:
        try:
            number = number_literal(self.token.text)
        except ValueError:
            raise self.fail("a smaller number", "عدد أصغر") from None
        self.at += 1
        return number

    def _at_literal(self) -> Node:
        self.expect("@")
        if self.token.kind != "string":
            raise self.fail("a text in quotation marks", "نص بين علامتي اقتباس")
        self.at += 1
        return syntax.Literal(read_at_literal(unescape(self.tokens[self.at - 1].text)))

    def _name_or_form(self) -> Node:
        declared = self.longest_known(self.scopes)
        if declared is None or declared[1] == 1:
            form = self._form()
            if form is not None:
                return form
        built_in = _BUILT_IN.longest(self.tokens, self.at)
        if declared and (built_in is None or declared[1] >= built_in[1]):
            self.at += declared[1]
            return syntax.Name(declared[0])
        if built_in:
            following = self.tokens[self.at + built_in[1]]
            if following.kind != "name" or following.text in KEYWORDS:
                self.at += built_in[1]
                return syntax.Name(built_in[0])
        return syntax.Name(self.undeclared_name())

    def _form(self) -> Node | None:
        word = self.token.text
        if word not in KEYWORDS:
            return None
        self.at += 1
        if word in _CONSTANTS:
            return syntax.Literal(_CONSTANTS[word])
        if word == "if":
            return self._if()
        if word == "for":
            iterations, body = self._iterations("return")
            return syntax.For(iterations, body)
        if word in ("some", "every"):
            iterations, body = self._iterations("satisfies")
            return syntax.Quantified(word == "every", iterations, body)
        if word == "function":
            return self._function()
        self.at -= 1
        raise self.fail("a value or a name", "قيمة أو اسم")

    def _followed(self, node: Node) -> Node:
        links = 0
        while self.token.kind == "sign":
            links = self.link(links)
            if self.accept("."):
                node = syntax.Path(node, self._entry_name())
            elif self.word("["):
                test = self.attempt(self._closing_filter) if self.in_endpoint else self._filter()
                if test is None:
                    return node
                node = syntax.Filter(node, test)
            elif self.word("(") and not isinstance(node, syntax.Literal):
                self.expect("(")
                node = self._call(node)
            else:
                return node
        return node

    def _entry_name(self) -> str:
        known = self.longest_known([self.entries, *self.scopes])
        if known:
            following = self.tokens[self.at + known[1]]
            if following.kind != "name" or following.text in KEYWORDS:
                self.at += known[1]
                return known[0]
        return self.undeclared_name()

    def _filter(self) -> Node:
        self.expect("[")
        with self.scope(["item"]):
            self.scopes.append(self.entries)
            test = self.expression()
            self.scopes.pop()
        self.expect("]")
        return test

    def _closing_filter(self) -> Node:
        test = self._filter()
        if self.token.text not in ("]", ")", "[", "+", "-", "*", "/", "**", "."):
            raise self.fail("the end of the range", "نهاية المجال")
        return test

    def _call(self, callee: Node) -> Node:
        names: list[str | None] = []
        arguments: list[Node] = []
        while not self.accept(")"):
            if arguments:
                self.expect(",")
            name = self.attempt(self._parameter_name) if self.token.kind == "name" else None
            names.append(name)
            arguments.append(self.expression())
        if any(names) and not all(names):
            raise self.fail("a name for every parameter or for none", "اسم لكل معامل أو بلا أسماء")
        return syntax.Call(callee, tuple(arguments), tuple(n for n in names if n) if any(names) else None)

    def _parameter_name(self) -> str:
        name = self.declared_name(":", ",", "(", ")", "[", "{", "<")
        self.expect(":")
        return name

    def arguments(self, close: str) -> tuple[Node, ...]:
        """One expression or more, up to the closing sign."""
        items = [self.expression()]
        while self.accept(","):
            items.append(self.expression())
        self.expect(close)
        return tuple(items)

    def _parenthesis(self) -> Node:
        first = self.expression()
        if self.accept(".."):
            return self.range_from(first, low_included=False)
        self.expect(")")
        return first

    def _list(self) -> Node:
        if self.accept("]"):
            return syntax.ListLiteral(())
        first = self.expression()
        if self.accept(".."):
            return self.range_from(first, low_included=True)
        if self.accept(","):
            return syntax.ListLiteral((first, *self.arguments("]")))
        self.expect("]")
        return syntax.ListLiteral((first,))

    def _reversed_range(self) -> Node:
        first = self.expression()
        self.expect("..")
        return self.range_from(first, low_included=False)

    def range_from(self, low: Node, *, low_included: bool) -> Node:
        """The range that starts with an endpoint already read, after its two dots."""
        endpoint, self.in_endpoint = self.in_endpoint, True
        high = self.binary(4)
        self.in_endpoint = endpoint
        if self.accept("]"):
            return syntax.RangeLiteral(low, high, low_included, True)
        if self.accept(")") or self.accept("["):
            return syntax.RangeLiteral(low, high, low_included, False)
        raise self.fail("“]” or “)” at the end of the range", "«]» أو «)» في نهاية المجال")

    def _context(self) -> Node:
        entries: list[tuple[str, Node]] = []
        with self.scope() as known:
            while not self.accept("}"):
                if entries:
                    self.expect(",")
                name = self._key()
                self.expect(":")
                entries.append((name, self.expression()))
                known.add(name)
                self.entries.add(name)
        return syntax.ContextLiteral(tuple(entries))

    def _key(self) -> str:
        if self.token.kind == "string":
            self.at += 1
            return unescape(self.tokens[self.at - 1].text)
        return self.declared_name(":")

    def _if(self) -> Node:
        condition = self.expression()
        self.expect("then")
        yes = self.expression()
        self.expect("else")
        return syntax.If(condition, yes, self.expression())

    def _iterations(self, before_body: str) -> tuple[tuple[Iteration, ...], Node]:
        iterations: list[Iteration] = []
        with self.scope(["partial"]) as known:
            while not iterations or self.accept(","):
                name = self.declared_name("in")
                self.expect("in")
                first = self.expression()
                iterations.append(Iteration(name, first, self.expression() if self.accept("..") else None))
                known.add(name)
            self.expect(before_body)
            return tuple(iterations), self.expression()

    def _function(self) -> Node:
        self.expect("(")
        parameters: list[tuple[str, Type]] = []
        while not self.accept(")"):
            if parameters:
                self.expect(",")
            name = self.declared_name(":", ",", ")")
            parameters.append((name, self.type() if self.accept(":") else ANY))
        if self.accept("external"):
            self.expression()
            return syntax.FunctionDefinition(tuple(parameters), None)
        with self.scope(name for name, _ in parameters):
            return syntax.FunctionDefinition(tuple(parameters), self.expression())
