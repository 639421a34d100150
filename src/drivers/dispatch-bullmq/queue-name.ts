/** Name of a partner's queue: BullMQ separates the parts of a key by colons and refuses them in a name, as it does an empty one. */
export function queueName(partner: string): string {
  return `to.${encodeURIComponent(partner.toWellFormed())}`;
}

/** Keys of two gateways in one Redis stay apart: delivery ids of one mean nothing to the other. */
export function keyPrefix(gateway: string): string {
  return `smev-gateway:${encodeURIComponent(gateway.toWellFormed())}`;
}
