import { may, type Permission } from '@droplock/rules/staff'
import { usePermissions } from 'react-admin'
import type { Me } from '../api/types.ts'

/** Who is signed in; `undefined` until known. */
export function useMe(): Me | undefined {
  return usePermissions<Me>().permissions
}

/** Whether this person has the permission, by the table the server decides with. Not while it is unknown who it is. */
export function useMay(permission: Permission): boolean {
  const me = useMe()
  return me !== undefined && may(me.roles, permission)
}
