/** A problem as all our servers send it (RFC 9457). Other members are the facts of the refusal. */
export type ProblemBody = {
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly status: number
  readonly request_id: string
  readonly [fact: string]: unknown
}

/** A refusal or a failure. Its message is the problem's detail, which is written for people. */
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

/** The problem in an answer; a general one where the answer is not from our server, but from a proxy in between. */
export async function readProblem(response: Response): Promise<ProblemBody> {
  const body: unknown = await response.json().catch(() => undefined)
  return isProblem(body) ? body : unexpected(response)
}

/** Any error as a problem, so that pages show one shape. */
export function problemOf(error: unknown): ProblemBody {
  if (error instanceof ProblemError) return error.problem
  const detail = error instanceof Error ? error.message : String(error)
  return { code: 'console_fault', title: 'Console error', detail, status: 0, request_id: '' }
}

/** No answer: no network, or no server. */
export function unreachable(): ProblemBody {
  return {
    code: 'unreachable',
    title: 'No answer',
    detail:
      'The server cannot be reached. If you sent a change, check whether it was made before you send it again.',
    status: 0,
    request_id: '',
  }
}

function unexpected(response: Response): ProblemBody {
  return {
    code: 'unexpected_answer',
    title: 'Unexpected answer',
    detail: `The server’s answer has status ${response.status} and cannot be read. Try again, or contact an administrator.`,
    status: response.status,
    request_id: response.headers.get('x-request-id') ?? '',
  }
}

function isProblem(body: unknown): body is ProblemBody {
  if (typeof body !== 'object' || body === null) return false
  const texts = ['code', 'title', 'detail', 'request_id'] as const
  return texts.every((member) => typeof Reflect.get(body, member) === 'string') && 'status' in body
}
