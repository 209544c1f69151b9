// Lint rules that oxlint does not have. Plain JavaScript, because the linter may run under an older Node.

/** `new Date()` and `Date()` read the clock. `new Date(value)` only converts a value. */
const noReadingTheClock = {
  create(context) {
    const check = (node) => {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date') return
      if (node.type === 'NewExpression' && node.arguments.length > 0) return
      context.report({ node, message: 'Time is an argument.' })
    }
    return { NewExpression: check, CallExpression: check }
  },
}

export default {
  meta: { name: 'droplock' },
  rules: { 'no-reading-the-clock': noReadingTheClock },
}
