/**
 * Gives the memory of what `inflate` made of `bytes` back at once: from then on it has no bytes, and neither has any view of
 * it. Where that is left to the garbage collector, dozens of buffers pile up first, and the system hands out new pages for
 * each of them, which costs as much as the inflating.
 */
export function release(json: Buffer, bytes: Uint8Array): void {
  const memory = json.buffer as Memory;
  // What is small lies in memory that Node.js shares.
  if (memory === bytes.buffer || json.length < Buffer.poolSize / 2) return;
  if (memory.transfer) memory.transfer(0);
  else toNobody().postMessage(undefined, [memory]);
}

/** Before 22, Node.js has no `transfer`. */
type Memory = ArrayBuffer & { transfer?(bytes: number): unknown };

let closed: InstanceType<typeof MessageChannel> | undefined;

/** A port that is closed: what is transferred to it is gone. */
function toNobody() {
  if (closed === undefined) {
    closed = new MessageChannel();
    closed.port1.close();
  }
  return closed.port1;
}
