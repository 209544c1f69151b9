import { answerExamples, schemaExamples, textExamples } from './examples/examples.ts'
import { isNode, mapOperations, mapValues, type Node, nodeOf, refTo, withComponents } from './node.ts'

const prefix = '#/components/schemas/'

/**
 * The document with examples of every body and every success. Those of a schema that has a name are components, which all operations
 * with that schema share.
 */
export function addExamples(document: Node): Node {
  const used: Record<string, unknown> = {}
  const share = (owner: string, examples: Node) =>
    mapValues(examples, (example, name) => {
      const component = name === 'example' ? owner : `${owner}.${name}`
      used[component] = example
      return refTo('examples', component)
    })
  const examplesOf = (media: Node, mediaType: string, operationId: unknown): Node | undefined => {
    const own = answerExamples[String(operationId)]
    if (own !== undefined) return share(String(operationId), own)
    const ref = nodeOf(media['schema'])['$ref']
    const schema = typeof ref === 'string' ? ref.slice(prefix.length) : ''
    const shared = schemaExamples[schema]
    if (shared !== undefined) return share(schema, shared)
    return mediaType in textExamples ? { example: textExamples[mediaType] } : undefined
  }
  const withExamples = (content: unknown, operationId?: unknown) =>
    mapValues(nodeOf(content), (media, mediaType) => {
      const examples = 'examples' in media ? undefined : examplesOf(media, mediaType, operationId)
      return examples === undefined ? media : { ...media, examples }
    })
  const exemplified = mapOperations(document, (operation) => {
    const { requestBody, responses, operationId } = operation
    return {
      ...operation,
      ...(isNode(requestBody) && {
        requestBody: { ...requestBody, content: withExamples(requestBody['content']) },
      }),
      responses: mapValues(nodeOf(responses), (response) =>
        'content' in response
          ? { ...response, content: withExamples(response['content'], operationId) }
          : response,
      ),
    }
  })
  return withComponents(exemplified, 'examples', used)
}
