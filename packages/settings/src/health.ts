import { z } from 'zod'

/** For an app that serves nobody by HTTP: where it says whether it is well. */
export const healthSettings = {
  HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 takes any free one; without it nothing is served. */
  DROPLOCK_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
} as const
