import { z } from '@hono/zod-openapi'

/** Of one API key. */
export const NETWORKS_MAX = 20

/** Sources of IPv6 are known by their /64 alone. */
const IPV6_BITS_MAX = 64

/** An address or a network without host bits, as PostgreSQL's `cidr` has it. */
export const Network = z
  .string()
  .max(49)
  .refine(isNetwork, 'an IPv4 address or network, or an IPv6 network of at most 64 bits, without host bits')
  .openapi({ example: '192.0.2.0/24' })

function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([\da-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  if (z.ipv4().safeParse(address).success) return isWithoutHostBits(address, Number(bits ?? 32))
  // Written whole or with `::` at the end, the lower half is zero.
  return (
    z.ipv6().safeParse(address).success &&
    bits !== undefined &&
    Number(bits) <= IPV6_BITS_MAX &&
    address.endsWith('::')
  )
}

function isWithoutHostBits(address: string, bits: number): boolean {
  if (bits > 32) return false
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  return number % 2 ** (32 - bits) === 0
}
