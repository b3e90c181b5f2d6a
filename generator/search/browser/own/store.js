// @ts-check
// Keeps the reader's records in IndexedDB, and in memory while a page is open. What changes in one tab is shown at once in
// the others. Where the browser stores nothing, the records last as long as the page.

import { openDB } from "idb";
import { changedRecord, clearedRecord, emptyRecord, isSame, mergedRecord } from "./records.js";
import { cleanTitle } from "./written.js";

/**
 * @typedef {import("./records.js").Fields} Fields
 * @typedef {import("./records.js").OwnRecord} OwnRecord
 * @typedef {"" | "forbidden" | "full" | "newer"} Trouble Why nothing is stored: the browser does not let the site, its
 *   storage is full, or a newer version of the site has stored data that this one cannot read.
 * @typedef {(ids: Set<string>) => void} Listener
 */

const VERSION = 1;
const PAPERS = "papers"; // records by id
const NOTES = "notes"; // what else the site remembers for the reader, by name

/** The records of a reader. */
export class OwnPapers {
  /** @param {string} name that of the database and of the channel to other tabs: each list of an origin has its own */
  constructor(name) {
    this.name = name;
    /** @type {Map<string, OwnRecord>} All records, also those of papers that the reader has removed. */
    this.records = new Map();
    /** @type {Map<string, unknown>} */
    this.notes = new Map();
    /** @type {Trouble} */
    this.trouble = "";
    /** @type {import("idb").IDBPDatabase | null} */
    this.database = null;
    /** @type {Set<Listener>} */
    this.listeners = new Set();
    /** @type {Set<(trouble: Trouble) => void>} */
    this.troubleListeners = new Set();
    /** @type {BroadcastChannel | null} */
    this.channel = null;
    this.lastPlace = 0;
  }

  /** Open the database, read all records, and follow other tabs: what they change in the meantime is read afterwards. */
  async open() {
    const all = this.readAll();
    if (typeof BroadcastChannel === "function") this.channel = new BroadcastChannel(this.name);
    this.channel?.addEventListener("message", ({ data }) => void all.then(() => this.reload(data)));
    await all;
    return this;
  }

  async readAll() {
    try {
      this.database = await openDB(this.name, VERSION, { upgrade, blocking: () => this.giveWay() });
      for (const record of await this.database.getAll(PAPERS)) this.take(record);
      const names = await this.database.getAllKeys(NOTES);
      for (const name of names) this.notes.set(String(name), await this.database.get(NOTES, name));
    } catch (fault) {
      this.fail(fault);
    }
  }

  /**
   * Take over a record. New papers will come before it in the order by hand.
   * @param {OwnRecord} record
   */
  take(record) {
    this.records.set(record.id, record);
    this.lastPlace = Math.min(this.lastPlace, record.place);
  }

  /**
   * Return the record of a paper that is on the reader's list.
   * @param {string} id
   */
  get(id) {
    const record = this.records.get(id);
    return record?.kept ? record : undefined;
  }

  /** Return the records of all papers on the reader's list. */
  kept() {
    return [...this.records.values()].filter((record) => record.kept);
  }

  /**
   * Call a listener with the ids of papers whose records have changed, in this tab or in another.
   * @param {Listener} listener
   */
  listen(listener) {
    this.listeners.add(listener);
  }

  /**
   * Call a listener once if records cannot be stored.
   * @param {(trouble: Trouble) => void} listener
   */
  onTrouble(listener) {
    this.troubleListeners.add(listener);
    if (this.trouble) listener(this.trouble);
  }

  /**
   * Change fields of the records of some papers. They are changed when this returns, and stored when the promise resolves.
   * @param {{id: string, title: string}[]} papers
   * @param {Partial<Fields> | ((record: OwnRecord) => Partial<Fields>)} change
   */
  change(papers, change) {
    const now = Date.now();
    const records = papers.map(({ id, title: given }) => {
      const title = cleanTitle(given);
      const record = this.records.get(id) ?? emptyRecord(id, title);
      const changed = changedRecord(record, typeof change === "function" ? change(record) : change, now);
      const isNew = changed.kept && !record.kept && record.place === changed.place;
      return isNew ? changedRecord({ ...changed, title }, { place: --this.lastPlace }, now) : changed;
    });
    return this.put(records.filter((record) => !isSame(record, this.records.get(record.id))));
  }

  /**
   * Take papers off the reader's list, with all that the reader made of them. Return their records as they were.
   * @param {string[]} ids
   */
  remove(ids) {
    const before = ids.flatMap((id) => this.get(id) ?? []);
    void this.put(before.map((record) => clearedRecord(record, Date.now())));
    return before;
  }

  /**
   * Bring back records that were removed.
   * @param {OwnRecord[]} records
   */
  restore(records) {
    const now = Date.now();
    return this.put(records.map((record) => changedRecord(this.records.get(record.id) ?? record, record, now)));
  }

  /**
   * Merge records, such as those of another device, and return how many papers they change.
   * @param {OwnRecord[]} records
   */
  async merge(records) {
    /** @type {Map<string, OwnRecord>} */
    const changed = new Map();
    for (const record of records) {
      const known = changed.get(record.id) ?? this.records.get(record.id);
      const merged = known ? mergedRecord(known, record) : record;
      if (!known || !isSame(merged, known)) changed.set(record.id, merged);
    }
    await this.put([...changed.values()]);
    return changed.size;
  }

  /**
   * Let records follow papers whose ids have changed. Two papers that are one now have one record.
   * @param {Map<string, string>} newIds by the old ones
   */
  async follow(newIds) {
    const moved = [...this.records.values()].filter(({ id }) => newIds.has(id));
    if (!moved.length) return;
    const merged = moved.map((record) => ({ ...record, id: /** @type {string} */ (newIds.get(record.id)) }));
    await this.merge(merged);
    for (const { id } of moved) this.records.delete(id);
    await this.store((database) => {
      const { store, done } = database.transaction(PAPERS, "readwrite");
      return Promise.all([...moved.map(({ id }) => store.delete(id)), done]);
    });
    const left = moved.map(({ id }) => id);
    this.tell(new Set(left));
    this.announce(left);
  }

  /**
   * Remember something about the reader's use of the site that is no paper's, such as the last visit.
   * @param {string} name
   * @param {unknown} value that can be cloned
   */
  async setNote(name, value) {
    this.notes.set(name, value);
    await this.store((database) => database.put(NOTES, value, name));
  }

  /**
   * @param {OwnRecord[]} records
   */
  async put(records) {
    if (!records.length) return;
    for (const record of records) this.take(record);
    const ids = records.map(({ id }) => id);
    this.tell(new Set(ids));
    const isStored = await this.store((database) => {
      const transaction = database.transaction(PAPERS, "readwrite");
      const written = records.map((record) => transaction.store.put(record));
      transaction.commit(); // at once, as the reader may be about to leave the page
      return Promise.all([...written, transaction.done]);
    });
    if (isStored) this.announce(ids);
  }

  /**
   * Do something in the database, and return whether it was done.
   * @param {(database: import("idb").IDBPDatabase) => Promise<unknown>} act
   */
  async store(act) {
    if (!this.database) return false;
    try {
      await act(this.database);
      return true;
    } catch (fault) {
      this.fail(fault);
      return false;
    }
  }

  /**
   * Tell other tabs which records to read again.
   * @param {string[]} ids
   */
  announce(ids) {
    this.channel?.postMessage(ids);
  }

  /**
   * Read records again that another tab has changed.
   * @param {string[]} ids
   */
  async reload(ids) {
    await this.store(async (database) => {
      const { store } = database.transaction(PAPERS);
      const records = await Promise.all(ids.map((id) => store.get(id)));
      for (const [at, id] of ids.entries()) {
        if (records[at]) this.take(records[at]);
        else this.records.delete(id);
      }
    });
    this.tell(new Set(ids));
  }

  /** @param {Set<string>} ids */
  tell(ids) {
    for (const listener of this.listeners) listener(ids);
  }

  /** Close the database, as a newer version of the site in another tab is about to change its form. */
  giveWay() {
    this.database?.close();
    this.database = null;
    this.fail(new DOMException("A newer version of the site uses the database", "VersionError"));
  }

  /** @param {unknown} fault */
  fail(fault) {
    console.warn(fault);
    if (this.trouble) return;
    this.trouble = troubleOf(fault);
    for (const listener of this.troubleListeners) listener(this.trouble);
  }
}

/**
 * Create what a database lacks.
 * @param {import("idb").IDBPDatabase} database
 * @param {number} before its version, 0 if it is new
 */
function upgrade(database, before) {
  if (before > 0) return;
  database.createObjectStore(PAPERS, { keyPath: "id" });
  database.createObjectStore(NOTES);
}

/**
 * @param {unknown} fault
 * @returns {Trouble}
 */
function troubleOf(fault) {
  const name = fault instanceof Error || fault instanceof DOMException ? fault.name : "";
  if (name === "QuotaExceededError") return "full";
  return name === "VersionError" ? "newer" : "forbidden";
}
