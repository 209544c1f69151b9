import { asService } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { rolledBack } from '@droplock/core/testing/rolled-back'
import { verifyPassword } from '@droplock/passwords/passwords'
import { roles } from '@droplock/rules/staff'
import { expect, test } from 'vitest'
import { SeedRefused } from '../../src/seed/seed-demo.ts'
import { seedStaff } from '../../src/seed/seed-staff.ts'

test('a seeded database has one person for each role, who can sign in with the password that is shown', () =>
  rolledBack(async (db) => {
    const people = await seedStaff({ db, newId }, true)
    expect(people.flatMap((person) => person.roles).toSorted()).toEqual([...roles].toSorted())
    for (const { email, password, roles: held } of people) {
      const account = await db
        .selectFrom('staff_account')
        .selectAll()
        .where('email', '=', email)
        .executeTakeFirstOrThrow()
      expect(account.roles).toEqual(held)
      expect(await verifyPassword(account.password_hash ?? '', password)).toBe(true)
    }
  }))

test('seeding twice changes no person', () =>
  rolledBack(async (db) => {
    const accounts = () => db.selectFrom('staff_account').selectAll().orderBy('email').execute()
    await seedStaff({ db, newId }, true)
    const before = await accounts()
    await seedStaff({ db, newId }, true)
    expect(await accounts()).toEqual(before)
  }))

test('no person is added where it is not allowed, or beside a real registry account', () =>
  rolledBack(async (db) => {
    await expect(seedStaff({ db, newId }, false)).rejects.toThrow(SeedRefused)
    await defineRegistry(asService({ db, newId }), {
      id: 'real',
      profile: 'generic',
      zones: [],
      accounts: [
        {
          id: 'real/us',
          clid: 'us',
          hosts: [{ host: 'epp.example', port: 700 }],
          isSimulator: false,
          limits: { sessionsMax: 1, commandsPerSecondMax: 1 },
        },
      ],
    })
    await expect(seedStaff({ db, newId }, true)).rejects.toThrow(SeedRefused)
    expect(await db.selectFrom('staff_account').select('id').execute()).toEqual([])
  }))
