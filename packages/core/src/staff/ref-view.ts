/** A person in the console, as others are told of them. */
export type StaffRef = { readonly id: string; readonly name: string }

/** The person of a column that may be empty, with the name that was joined to it. */
export function toStaffRef(id: string | null, name: string | null): StaffRef | null {
  return id === null || name === null ? null : { id, name }
}
