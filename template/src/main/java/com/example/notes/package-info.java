/** Notes: files that are there for as long as their resources are. */
package com.example.notes;
