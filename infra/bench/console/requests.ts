/** One request that is measured, and what it is called in the report. */
export type Measured = { readonly name: string; readonly path: string }

type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: { readonly enum?: readonly string[]; readonly type?: string; readonly format?: string }
}

type Operation = {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}

export type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export type Read = { readonly path: string; readonly operation: Operation }

/** Not lists or records: proofs, and what lasts as long as a session. */
const leftOut: ReadonlySet<string> = new Set([
  'proveInvariants',
  'watchChanges',
  'getChanges',
  'streamChanges',
])

/** Every read that answers with JSON. */
export function readsOf({ paths }: Document): readonly Read[] {
  return Object.entries(paths).flatMap(([path, methods]) => {
    const operation = methods['get']
    if (operation === undefined || leftOut.has(operation.operationId)) return []
    const answers = Object.keys(operation.responses['200']?.content ?? {})
    return answers.includes('application/json') ? [{ path, operation }] : []
  })
}

/** What stands for a parameter that the document does not list the values of, in all reads or in that of an operation. */
export type Samples = Readonly<Record<string, readonly string[]>>

/** A read with each of its filters, each sort both ways, and its last page. Parameters without a sample are named in `unknown`. */
export function variantsOf({ path, operation }: Read, samples: Samples) {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const required = parameters.filter((parameter) => parameter.required === true)
  const base = new URLSearchParams()
  for (const one of required) {
    const [value] = valuesOf(one, samples, operation)
    if (value !== undefined) base.set(one.name, value)
  }
  const measured: Measured[] = [{ name: operation.operationId, path: withQuery(path, base) }]
  const unknown: string[] = []
  const add = (name: string, members: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams([...base, ...Object.entries(members)])
    measured.push({ name: `${operation.operationId} ${name}`, path: withQuery(path, query) })
  }
  for (const parameter of parameters) {
    const { name } = parameter
    if (name === 'page' || name === 'per_page' || name === 'order' || parameter.required === true) continue
    const values = valuesOf(parameter, samples, operation)
    if (values.length === 0) unknown.push(`${operation.operationId} ${name}`)
    for (const value of values) {
      if (name !== 'sort') add(`${name}=${value}`, { [name]: value })
      else for (const order of ['asc', 'desc']) add(`sort=${value} ${order}`, { sort: value, order })
    }
  }
  return { measured, unknown, isPaged: parameters.some(({ name }) => name === 'page') }
}

function valuesOf(
  { name, schema }: Parameter,
  samples: Samples,
  { operationId }: Operation,
): readonly string[] {
  const own = samples[`${operationId} ${name}`]
  if (own !== undefined) return own
  const flags = schema?.type === 'boolean' ? ['true', 'false'] : []
  // A period is of days in some reads, and of instants in others.
  const isTime = schema?.format === 'date-time'
  const period = isTime ? undefined : samples[`${name} day`]
  return period ?? samples[name] ?? schema?.enum ?? flags
}

export function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
