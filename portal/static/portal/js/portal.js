// What every page gets on top of working HTML; each behaviour attaches itself.
import "./counter.js";
import "./menu.js";
import "./copy.js";
import "./drop.js";
import "./keep.js";
import "./another.js";
import "./once.js";
import "./refresh.js";
import "./only.js";
import "./preview.js";
import "./skills.js";
import "./offline.js";
import "./install.js";
import "./share.js";
import "./leave.js";
import "./ages.js";
