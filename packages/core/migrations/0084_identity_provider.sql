-- Who a person is at the identity provider (OpenID Connect Core, section 2): issuer and subject together never change and are never reused.
alter table staff_account
  add column identity_issuer text,
  add column identity_subject text,
  add constraint identity_is_whole check ((identity_issuer is null) = (identity_subject is null)),
  add constraint one_person_per_identity unique (identity_issuer, identity_subject);
