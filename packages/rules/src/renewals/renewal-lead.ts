/**
 * A renewal is due so long before its name expires: a registry that is away, a declined card and a bank holiday fit between, and
 * who renews later risks the name.
 */
export const RENEWAL_LEAD_DAYS = 30
