// House rules that no stock rule covers. Plain JavaScript: the linter may be run by an older Node.

/** `new Date()` and `Date()` read the clock; `new Date(value)` only converts. */
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
  meta: { name: 'house' },
  rules: { 'no-reading-the-clock': noReadingTheClock },
}
