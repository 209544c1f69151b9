import { errors, isRefusalCode } from '@droplock/contracts/errors'
import { topicTexts } from '@droplock/contracts/events'
import { accountTopics } from '@droplock/rules/events'
import { limitsOf } from '../http/limits.ts'
import { type OperationId, operations } from '../operations.ts'

// What pages of the documentation say in tables that are made from the code, as Markdown. A page has `{{name}}` in their place.

type Row = readonly string[]

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

function topicTable(): string {
  const rows = accountTopics.map((topic) => [`\`${topic}\``, sentence(topicTexts[topic])])
  return table(['Topic', 'When'], rows)
}

/** Every code that an operation of the document may be refused with. */
function errorTable(): string {
  const codes = new Set(
    Object.values(operations).flatMap(({ responses }) =>
      Object.values(responses).flatMap((response) => codesOf(response)),
    ),
  )
  const rows = [...codes].flatMap((code) => {
    if (!isRefusalCode(code)) return []
    const { status, doc, retryable } = errors[code]
    return [[String(status), `[\`${code}\`](/errors/${code})`, `${doc}${retryable ? ' *Retryable.*' : ''}`]]
  })
  return table(
    ['Status', 'Code', 'What it means'],
    rows.toSorted(([one = ''], [other = '']) => Number(one) - Number(other)),
  )
}

function codesOf(response: object): readonly string[] {
  const content: unknown = Reflect.get(response, 'content')
  const media: unknown = Object(content)['application/problem+json']
  return Object.keys(Object(Object(media).examples))
}

function operationLimits(): string {
  const rows = Object.keys(operations).flatMap((id) => {
    const operation = operations[id as OperationId]
    if (!('request' in operation && 'body' in operation.request)) return []
    const { bodyBytesMax, msMax } = limitsOf(id)
    const what = `\`${operation.method.toUpperCase()} ${operation.path}\``
    return [[what, bodyBytesMax.toLocaleString('en'), String(msMax / 1_000)]]
  })
  return table(['Operation', 'Bytes of the body at most', 'Seconds at most'], rows)
}

const tables: Readonly<Record<string, () => string>> = {
  topics: topicTable,
  errors: errorTable,
  operation_limits: operationLimits,
}

/** The source of a page with its tables. Throws where it names one that there is not. */
export function fillIn(markdown: string): string {
  return markdown.replaceAll(/^\{\{(\w+)\}\}$/gm, (_, name: string) => {
    const make = tables[name]
    if (make === undefined) throw new Error(`no table is called ${name}`)
    return make()
  })
}
