import { randomBytes } from 'node:crypto'
import { type AppUrls, ofEachApp } from '@droplock/core/database/rights'
import { createRoles, nameOfRole, urlAs } from '@droplock/core/database/roles'

/** One server, one installation: it needs no telling apart. */
const prefix = 'local'
const passwordBytes = 24

/** Makes the roles of the apps in a migrated database of ours, or gives them new passwords: nobody else uses them. */
export async function makeRoles(url: string): Promise<AppUrls> {
  const passwords = ofEachApp(newPassword)
  await createRoles(url, { prefix, passwords, renewPasswords: true })
  return ofEachApp((app) => urlAs(url, nameOfRole(prefix, app), passwords[app]))
}

/** Of characters that need no escape anywhere. */
export function newPassword(): string {
  return randomBytes(passwordBytes).toString('base64url')
}
