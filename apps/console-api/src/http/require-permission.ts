import { requirePermission as requireInCore } from '@droplock/core/context'
import type { Permission } from '@droplock/rules/staff'
import type { MiddlewareHandler } from 'hono'
import type { Environment } from '../console-api.ts'

/**
 * The permission that the contract documents, before a body is read. Every use case asks for its own again: this only keeps
 * a stranger's 500 megabytes out. Throws Refusal('forbidden').
 */
export function requirePermission(permission: Permission): MiddlewareHandler<Environment> {
  return async (c, next) => {
    requireInCore(c.var.ctx, permission)
    await next()
  }
}
