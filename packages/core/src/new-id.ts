/**
 * UUIDv7 (RFC 9562 §5.7): ids sort by creation, so indexes grow at one end. `uuidv7()` of PostgreSQL 18 is not in 17. `isId`: whether a
 * text can be one of our ids at all.
 */
export { v7 as newId, validate as isId } from 'uuid'
