import {
  editRegistry,
  getRegistrySettings,
  previewRegistryEdit,
  RegistryEditPreview,
  RegistrySettings,
} from '@droplock/contracts/console/registry-settings'
import type { StaffContext } from '@droplock/core/context'
import {
  getRegistryDefinition,
  listPasswordReferences,
  type PasswordReference,
  type RegistryDefinition,
} from '@droplock/core/registries/definition'
import {
  editRegistry as edit,
  previewRegistryEdit as preview,
  type RegistryEdit,
} from '@droplock/core/registries/edit'
import { profileLimitsOf } from '@droplock/epp/profiles/registrar-config'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import { requireProfileId } from '@droplock/rules/registries'
import type { z } from 'zod'
import type { ConsoleApi } from '../console-api.ts'

export function routeRegistrySettings(app: ConsoleApi): void {
  app.openapi(getRegistrySettings, async (c) =>
    reply(c, 200, RegistrySettings, await readSettings(c.var.ctx, c.req.valid('param').id)),
  )

  app.openapi(previewRegistryEdit, async (c) => {
    const { id } = c.req.valid('param')
    const { before, after } = await preview(c.var.ctx, { id, ...partsOf(c.req.valid('json')) })
    const passwords = await listPasswordReferences(c.var.ctx, id)
    return reply(c, 200, RegistryEditPreview, {
      before: present(before, passwords),
      after: present(after, passwords),
    })
  })

  app.openapi(editRegistry, async (c) => {
    const { id } = c.req.valid('param')
    const { version, reason, ...parts } = c.req.valid('json')
    c.var.event.add({ registry_id: id })
    await edit(c.var.ctx, { id, version, reason, ...partsOf(parts) })
    return reply(c, 200, RegistrySettings, await readSettings(c.var.ctx, id))
  })
}

async function readSettings(ctx: StaffContext, id: string) {
  return present(await getRegistryDefinition(ctx, id), await listPasswordReferences(ctx, id))
}

function present(
  { accounts, zones, ...registry }: RegistryDefinition,
  passwords: readonly PasswordReference[],
) {
  const profileLimits = profileLimitsOf(requireProfileId(registry.profile))
  const ours = accounts.map((account) => ({
    ...account,
    limits: account.limits ?? {},
    profileLimits,
    ...passwords.find(({ id }) => id === account.id),
  }))
  // The fees are in the currency in which the registry charges.
  const terms = zones.map((zone) => ({ ...zone, currency: zone.feeCurrency }))
  return wire({ ...registry, accounts: ours, zones: terms })
}

type Parts = z.output<
  (typeof previewRegistryEdit)['request']['body']['content']['application/json']['schema']
>

function partsOf({ quarantine, confirmation, account, zone }: Parts): Omit<RegistryEdit, 'id'> {
  return {
    ...(quarantine && { quarantine: fromWire(quarantine) }),
    ...(confirmation && { confirmation: fromWire(confirmation) }),
    ...(account && { account: { ...fromWire(account), limits: fromWire(account.limits) } }),
    ...(zone && { zone: { rdapUrl: null, ...fromWire(zone) } }),
  }
}
