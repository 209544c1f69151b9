import { admitCommand } from '../registry/account.ts'
import { nextSvTRID, present } from '../registry/registry.ts'
import { check } from './commands/check.ts'
import { create } from './commands/create.ts'
import { info } from './commands/info.ts'
import { login } from './commands/login.ts'
import { poll } from './commands/poll.ts'
import { readObject } from './commands/read-object.ts'
import { type Command, findClTRID, readCommand } from './read-command.ts'
import { type Element, readXml } from './read-xml.ts'
import { EppFault, endsSession } from './result-codes.ts'
import { endSession, type Moment, type Reply, type Session } from './session.ts'
import { writeGreeting, writeResponse } from './write-xml.ts'

/** What to write for one document, and whether the connection goes on. */
export type Answered = { readonly xml?: string; readonly after: 'stay' | 'end' | 'cut' }

function run(session: Session, command: Command, moment: Moment): Reply {
  if (command.verb === 'login') return login(session, command)
  const { account } = session
  if (!account) return { code: 2002, reason: 'Log in first' }
  switch (command.verb) {
    case 'logout':
      return { code: 1500 }
    case 'poll':
      return poll(command)
    case 'check':
      return check(session, command)
    case 'info':
      return info(session, command, moment)
    case 'create':
      return create(session, account, command, moment)
    case 'delete':
    case 'renew':
    case 'transfer':
    case 'update':
      readObject(command)
      return { code: 2101 }
  }
}

/** Over the rate nothing is run; what the registry does instead is in its settings. */
function overRate(session: Session): Reply {
  const { overRate: manner } = session.registry.settings
  if (manner === 'cut') return 'cut'
  return { code: manner === 'close' ? 2502 : 2400, reason: 'Too many commands per second' }
}

function admitted(session: Session, nowMs: number): boolean {
  return session.account === undefined || admitCommand(session.account, nowMs)
}

type Parsed = { readonly root?: Element; readonly fault?: Reply }

function faultReply(error: unknown): Reply {
  if (!(error instanceof EppFault)) throw error
  return { code: error.code, reason: error.message }
}

function parse(document: Buffer): Parsed {
  try {
    return { root: readXml(document) }
  } catch (error) {
    return { fault: faultReply(error) }
  }
}

function replyTo(session: Session, root: Element, moment: Moment): Reply | 'hello' {
  try {
    const command = readCommand(root)
    return command === 'hello' ? 'hello' : run(session, command, moment)
  } catch (error) {
    return faultReply(error)
  }
}

export function greet(session: Session): string {
  return writeGreeting(`Registry simulator ${session.registry.settings.id}`, present(session.registry))
}

function finish(session: Session, reply: Reply, moment: Moment): Answered {
  const after = reply === 'cut' ? 'cut' : endsSession(reply.code) ? 'end' : 'stay'
  if (after !== 'stay') endSession(session)
  return reply === 'cut' ? { after } : { xml: writeResponse(reply, moment.clTRID, moment.svTRID), after }
}

/** Answers one document received now. Everything between arrival and answer happens in one go: no other command runs. */
export function answer(session: Session, document: Buffer): Answered {
  const nowMs = present(session.registry)
  const { root, fault } = parse(document)
  const moment: Moment = { nowMs, svTRID: nextSvTRID(session.registry), clTRID: root && findClTRID(root) }
  if (!admitted(session, nowMs)) return finish(session, overRate(session), moment)
  const reply = root ? replyTo(session, root, moment) : (fault ?? 'cut')
  return reply === 'hello' ? { xml: greet(session), after: 'stay' } : finish(session, reply, moment)
}
