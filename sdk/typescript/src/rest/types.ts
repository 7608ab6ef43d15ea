import type { paths } from './generated/rest-types.js';

export type { components } from './generated/rest-types.js';

type Method = 'get' | 'post';

/** Paths that can be asked by a method, as the OpenAPI document writes them: `/wallets/{currency}/history`. */
export type RestPath<M extends Method> = { [P in keyof paths]: paths[P] extends { readonly [_ in M]: object } ? P : never }[keyof paths];

type Operation<M extends Method, P extends RestPath<M>> = paths[P] extends { readonly [_ in M]: infer O } ? O : never;

type Json<T> = T extends { readonly content: { readonly 'application/json': infer B } } ? B : never;

type Done<R> = { [S in keyof R & (200 | 202)]: Json<R[S]> }[keyof R & (200 | 202)];

/** What is answered when all went well. */
export type RestAnswer<M extends Method, P extends RestPath<M>> = Operation<M, P> extends { readonly responses: infer R } ? Done<R> : never;

/** What a POST carries. */
export type RestBody<P extends RestPath<'post'>> = Operation<'post', P> extends { readonly requestBody: infer B }
  ? Json<B>
  : Operation<'post', P> extends { readonly requestBody?: infer B }
    ? Json<NonNullable<B>> | undefined
    : undefined;

type Given<O, W extends string> = O extends { readonly parameters: infer A }
  ? W extends keyof A
    ? NonNullable<A[W]>
    : never
  : never;

/** What goes into the path and behind it. */
export type RestParameters<M extends Method, P extends RestPath<M>> = ([Given<Operation<M, P>, 'path'>] extends [never]
  ? { readonly path?: never }
  : { readonly path: Given<Operation<M, P>, 'path'> }) & { readonly query?: Given<Operation<M, P>, 'query'> };

/** Left out where nothing is needed. */
export type RestArguments<M extends Method, P extends RestPath<M>> = [Given<Operation<M, P>, 'path'>] extends [never]
  ? [parameters?: RestParameters<M, P>]
  : [parameters: RestParameters<M, P>];
