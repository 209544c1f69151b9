/** RFC 9457, as every server of ours answers it. Members beside these are the facts of the refusal. */
export type ProblemBody = {
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly status: number
  readonly request_id: string
  readonly [fact: string]: unknown
}

/** What the server refused. Its message is the problem's detail, which is written for people. */
export class ProblemError extends Error {
  readonly problem: ProblemBody
  /** Read by react-admin. */
  readonly status: number

  constructor(problem: ProblemBody) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
    this.status = problem.status
  }
}

/** The problem an answer carries; one of our making where something on the way answered in the server's stead. */
export async function readProblem(response: Response): Promise<ProblemBody> {
  const body: unknown = await response.json().catch(() => undefined)
  return isProblem(body) ? body : strange(response)
}

/** The problem behind any error, so that pages show one shape. */
export function problemOf(error: unknown): ProblemBody {
  if (error instanceof ProblemError) return error.problem
  const detail = error instanceof Error ? error.message : String(error)
  return { code: 'console_fault', title: 'The console failed', detail, status: 0, request_id: '' }
}

/** Nothing came back: no network, or no server. */
export function unreachable(): ProblemBody {
  return {
    code: 'unreachable',
    title: 'No answer',
    detail:
      'The server cannot be reached. Whether a change was made is not known: look before you send it again.',
    status: 0,
    request_id: '',
  }
}

function strange(response: Response): ProblemBody {
  return {
    code: 'unexpected_answer',
    title: 'Unexpected answer',
    detail: `The answer has status ${response.status} and is not one of this service.`,
    status: response.status,
    request_id: response.headers.get('x-request-id') ?? '',
  }
}

function isProblem(body: unknown): body is ProblemBody {
  if (typeof body !== 'object' || body === null) return false
  const texts = ['code', 'title', 'detail', 'request_id'] as const
  return texts.every((member) => typeof Reflect.get(body, member) === 'string') && 'status' in body
}
