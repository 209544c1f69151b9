import { mapOperations, mapValues, type Node, nodeOf, refTo, withComponents } from './node.ts'

const PROBLEM = 'application/problem+json'

/**
 * The document with each problem once: its example is a component, and so is every response that more than one operation has. An
 * operation lists dozens of problems, and most are those of all others: the document is a third as large.
 */
export function shareProblems(document: Node): Node {
  const examples: Record<string, unknown> = {}
  const uses = new Map<string, number>()
  const referring = mapOperations(document, (operation) => ({
    ...operation,
    responses: mapValues(nodeOf(operation['responses']), (response) => {
      if (!isProblem(response)) return response
      Object.assign(examples, problemsOf(response))
      const shared = withSharedExamples(response)
      const text = JSON.stringify(shared)
      uses.set(text, (uses.get(text) ?? 0) + 1)
      return shared
    }),
  }))
  const responses: Record<string, unknown> = {}
  const shared = mapOperations(referring, (operation) => ({
    ...operation,
    responses: mapValues(nodeOf(operation['responses']), (response) => {
      if (!isProblem(response) || uses.get(JSON.stringify(response)) === 1) return response
      const name = nameOf(response)
      responses[name] = response
      return refTo('responses', name)
    }),
  }))
  return withComponents(withComponents(shared, 'responses', responses), 'examples', examples)
}

function isProblem(response: Node): boolean {
  return PROBLEM in nodeOf(response['content'])
}

function problemsOf(response: Node): Node {
  return nodeOf(nodeOf(nodeOf(response['content'])[PROBLEM])['examples'])
}

function withSharedExamples(response: Node): Node {
  const media = nodeOf(nodeOf(response['content'])[PROBLEM])
  const examples = mapValues(problemsOf(response), (_, code) => refTo('examples', code))
  return { ...response, content: { [PROBLEM]: { ...media, examples } } }
}

/** The codes, which determine the rest of the response. */
function nameOf(response: Node): string {
  return Object.keys(problemsOf(response)).join('.')
}
