import { answerExamples, schemaExamples, textExamples } from './examples/examples.ts'
import { isNode, mapOperations, mapValues, type Node, nodeOf, refTo, withComponents } from './node.ts'

const prefix = '#/components/schemas/'

/** The examples of an owner: a schema, or an operation whose answers have examples of their own. */
type Owned = { readonly owner: string; readonly examples: Node }

/**
 * The document with examples of every body and every success. Those of a schema that has a name are components, which all operations
 * with that schema share.
 */
export function addExamples(document: Node): Node {
  const used: Record<string, unknown> = {}
  const withExamples = (content: unknown, operationId?: unknown) =>
    mapValues(nodeOf(content), (media, mediaType) => {
      if ('examples' in media) return media
      const owned = ownedBy(media, operationId)
      if (owned === undefined) return withText(media, mediaType)
      Object.assign(used, componentsOf(owned))
      return {
        ...media,
        examples: mapValues(owned.examples, (_, name) => refTo('examples', named(owned, name))),
      }
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

function ownedBy(media: Node, operationId: unknown): Owned | undefined {
  const ref = nodeOf(media['schema'])['$ref']
  const schema = typeof ref === 'string' ? ref.slice(prefix.length) : ''
  const own = answerExamples[String(operationId)]
  if (own !== undefined) return { owner: String(operationId), examples: own }
  const examples = schemaExamples[schema]
  return examples && { owner: schema, examples }
}

/** What is no JSON has no named schema. */
function withText(media: Node, mediaType: string): Node {
  return mediaType in textExamples ? { ...media, examples: { example: textExamples[mediaType] } } : media
}

const named = ({ owner }: Owned, name: string) => (name === 'example' ? owner : `${owner}.${name}`)

function componentsOf(owned: Owned): Node {
  return Object.fromEntries(
    Object.entries(owned.examples).map(([name, example]) => [named(owned, name), example]),
  )
}
