/** UUIDv7 (RFC 9562 §5.7): ids sort by creation, so indexes grow at one end. `uuidv7()` of PostgreSQL 18 is not in 17. */
export { v7 as newId } from 'uuid'
