import { randomBytes } from 'node:crypto'
import { Option } from '@commander-js/extra-typings'
import {
  addStaff,
  changeStaff,
  disableStaff,
  enableStaff,
  resetPassword,
  resetSecondFactor,
} from '@droplock/core/staff/administer'
import { listStaff } from '@droplock/core/staff/read'
import { isCommonPassword } from '@droplock/passwords/common-passwords'
import { hashPassword } from '@droplock/passwords/passwords'
import { Refusal } from '@droplock/rules/refusals'
import { requirePassword, roles } from '@droplock/rules/staff'
import type { Admin, Program } from './admin.ts'
import { email, readWhole, reasonOption, someText } from './arguments.ts'

/** 144 bits, as 24 characters. */
const passwordBytes = 18

const role = () =>
  new Option('--role <role...>', 'what the person may do; more than one may be named').choices(roles)
const passwordFromStdin = [
  '--password-stdin',
  'read it from standard input; else one is made and shown once',
] as const

export function addStaffVerbs(program: Program, admin: Admin): void {
  const staff = program.command('staff').description('people who work in the console')
  staff
    .command('add')
    .description('adds a person')
    .argument('<email>', 'what they sign in with', email)
    .requiredOption('--name <name>', 'as the audit and other people see them', someText)
    .addOption(role().makeOptionMandatory())
    .option(...passwordFromStdin)
    .action(async (address, { name, role: held, passwordStdin }) => {
      const { passwordHash, shown } = await choosePassword(admin, passwordStdin)
      const id = await addStaff(admin.ctx(), { email: address, name, roles: held, passwordHash })
      admin.print({ id, email: address.toLowerCase(), ...shown })
    })
  staff
    .command('list')
    .description('lists everybody')
    .action(() => list(admin))
  staff
    .command('set')
    .description('changes a name or the roles; all roles have to be named')
    .argument('<email>', 'whose', email)
    .option('--name <name>', 'another name', someText)
    .addOption(role())
    .requiredOption(...reasonOption)
    .action(async (address, { name, role: held, reason }) => {
      await changeStaff(admin.ctx(), { staffId: await idOf(admin, address), name, roles: held, reason })
      await list(admin, address)
    })
  addAccessVerbs(staff, admin)
}

function addAccessVerbs(staff: ReturnType<Program['command']>, admin: Admin): void {
  staff
    .command('disable')
    .description(
      'shuts a person out at once: sessions end, devices are forgotten, nothing of theirs is approved',
    )
    .argument('<email>', 'whom', email)
    .requiredOption(...reasonOption)
    .action(async (address, { reason }) => {
      await disableStaff(admin.ctx(), { staffId: await idOf(admin, address), reason })
      await list(admin, address)
    })
  staff
    .command('enable')
    .description('lets a disabled person in again')
    .argument('<email>', 'whom', email)
    .requiredOption(...reasonOption)
    .action(async (address, { reason }) => {
      await enableStaff(admin.ctx(), { staffId: await idOf(admin, address), reason })
      await list(admin, address)
    })
  staff
    .command('reset-password')
    .description('gives a person another password; their sessions end and their devices are forgotten')
    .argument('<email>', 'whose', email)
    .requiredOption(...reasonOption)
    .option(...passwordFromStdin)
    .action(async (address, { reason, passwordStdin }) => {
      const staffId = await idOf(admin, address)
      const { passwordHash, shown } = await choosePassword(admin, passwordStdin)
      await resetPassword(admin.ctx(), { staffId, passwordHash, reason })
      admin.print({ id: staffId, email: address.toLowerCase(), ...shown })
    })
  staff
    .command('reset-second-factor')
    .description('removes the second factor and the recovery codes of a person; their sessions end')
    .argument('<email>', 'whose', email)
    .requiredOption(...reasonOption)
    .action(async (address, { reason }) => {
      await resetSecondFactor(admin.ctx(), { staffId: await idOf(admin, address), reason })
      await list(admin, address)
    })
}

async function list(admin: Admin, address?: string): Promise<void> {
  const whose = address === undefined ? {} : { email: address }
  const people = await readWhole((page) => listStaff(admin.ctx(), { ...page, ...whose }))
  admin.print(
    people.map((person) => ({
      id: person.id,
      email: person.email,
      name: person.name,
      roles: person.roles,
      created_at: person.createdAt,
      signed_in_at: person.signedInAt,
      second_factor_since: person.secondFactorSince,
      disabled_at: person.disabledAt,
    })),
  )
}

async function idOf(admin: Admin, address: string): Promise<string> {
  const { items } = await listStaff(admin.ctx(), { offset: 0, limit: 1, email: address })
  const [person] = items
  if (person === undefined) throw new Refusal('staff_not_found', `Nobody has the address ${address}.`)
  return person.id
}

/** One that was given is not shown again. */
async function choosePassword(admin: Admin, isGiven: true | undefined) {
  const password = isGiven ? await admin.readSecret() : randomBytes(passwordBytes).toString('base64url')
  requirePassword(password, isCommonPassword(password))
  return { passwordHash: await hashPassword(password), shown: isGiven ? {} : { password } }
}
